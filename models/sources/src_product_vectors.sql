-- One row is one product with its vector, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('product_vectors') }}
