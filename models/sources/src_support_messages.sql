-- One row is one message to customer service, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('support_messages') }}
