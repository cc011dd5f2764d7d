-- One row is one behaviour event, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('events') }}
