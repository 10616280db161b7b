"""Files made to do harm, or to say what nobody sees: what becomes of each is written down and held."""
