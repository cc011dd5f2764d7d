-- One row is one link between a visitor and a customer, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('identity_links') }}
