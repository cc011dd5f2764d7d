-- One row is what was spent on one channel on one day, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('channel_costs') }}
