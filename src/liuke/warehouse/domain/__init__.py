"""Pure contracts of the warehouse: tables, migrations, declared writes and the SQL behind them."""
