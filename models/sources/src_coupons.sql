-- One row is one use of a coupon, as the source system has it: text, nothing cleaned or left out.
{{ rows_of_source('coupons') }}
