"""Small files of the formats, with the same actors in each."""

EXCHANGE = """\
#O;Two questions;;;;
#/;Collected in interviews with six experts in 2015;;;;
#A;north;The North;;;
#A;south;The South;a remark;;
#A;isle;;;;
#P;fees;how high the fees;;;
#P;quota;;;;
#M;fees;0;none;;
#M;fees;50;half;;
#M;fees;100;all;;
#M;quota;0.5;a little;;
#M;quota;7;;;
#D;north;fees;80;0.75;1
#D;south;fees;20;0.2;0.5
#D;isle;fees;50;1;0
#D;north;quota;3;0.1;0.4;said so
#D;south;quota;7;0,9;2
"""

QUOTED = "\n".join(
    "\t".join(f"'{cell}'" if not cell[:1].isdigit() else cell for cell in line.split(";") if cell)
    for line in EXCHANGE.splitlines()
    if not line.startswith("#M;quota;7")
)
"""The same with tabs and apostrophes, without one end of a scale."""

KTAB = """\
Two questions,"Policy, and price",3,2,
Actor,Description,Power,Policy Position,Policy Salience,Price,Sal,
N,The North,  100.0,80,75,30,10,
S,The South,   50,20,20,70,90,
I,"Isle, the",  0,50,100,50,0,
"""

ACTORS = """\
Actor,Capability,Position,Salience
North,1,80,0.75
South,0.5,20,0.2
Isle,0,50,1
"""
