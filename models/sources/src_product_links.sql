-- One row is one product that is said to be the same as another, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('product_links') }}
