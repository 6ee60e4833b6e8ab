def refuse_dangling(dossier):
    pass
