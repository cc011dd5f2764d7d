-- One row is one product in an order, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('order_lines') }}
