"""Tables that became running text: labels and the numbers behind them."""
