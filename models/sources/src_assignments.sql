-- One row is one customer drawn for a campaign, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('assignments') }}
