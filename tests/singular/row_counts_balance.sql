-- Every row that came in was accepted, refused or is later than as_of.
select *
from {{ ref('row_counts') }}
where rows_in <> accepted + rejected + after_as_of
