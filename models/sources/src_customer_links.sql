-- One row is one link between two customers, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('customer_links') }}
