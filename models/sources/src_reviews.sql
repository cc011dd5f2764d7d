-- One row is one review, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('reviews') }}
