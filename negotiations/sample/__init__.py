"""The sample negotiation: invented towns that quarrel politely about lanterns, in every form of the notation."""
