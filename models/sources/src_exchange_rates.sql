-- One row is one currency on one day, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('exchange_rates') }}
