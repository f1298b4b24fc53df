"""How fast it is: `script/bench`. One module a question; each puts a Bench into the registry."""
