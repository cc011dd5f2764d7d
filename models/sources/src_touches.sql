-- One row is one thing shown to one person, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('touches') }}
