{# The raw tables of each source system that reads files: where they lie and how their columns are spelled.
   `layout` is table_per_file (<table>.parquet, <table>.csv or <table>/*.parquet in a folder), one_file (the file, or the
   only one in the folder) or files (the file, or all in the folder). `needed`: one of these must be there.
   A column is the name that the model uses, `*` if required, and the spellings it may have, `|` between them; upper and
   lower case and blanks around it do not matter. The models and the check of the raw input both ask here.
   raw_layout('rees46')['layout'] -> 'files' #}
{% macro raw_layout(system) %}
  {% set tables = {} %}
  {% for table_name, columns in canonical_tables().items() %}
    {% do tables.update({table_name: {}}) %}
    {% for column in columns.split() %}
      {% set name = column.split(':')[0] %}
      {% do tables[table_name].update({name ~ ('*' if column.endswith('*') else ''): name}) %}
    {% endfor %}
  {% endfor %}
  {{ return({
    'files': {'layout': 'table_per_file', 'needed': ['order_lines', 'events'], 'tables': tables},
    'online_retail': {'layout': 'one_file', 'needed': ['invoice_lines'], 'tables': {'invoice_lines': {
      'invoice*': 'Invoice|InvoiceNo', 'stock_code*': 'StockCode', 'description': 'Description',
      'quantity*': 'Quantity', 'invoice_date*': 'InvoiceDate', 'price*': 'Price|UnitPrice',
      'customer_id*': 'Customer ID|CustomerID', 'country': 'Country', 'sheet': 'sheet'}}},
    'rees46': {'layout': 'files', 'needed': ['event_log'], 'tables': {'event_log': {
      'event_time*': 'event_time', 'event_type*': 'event_type', 'product_id*': 'product_id',
      'category_code': 'category_code', 'brand': 'brand', 'price': 'price', 'user_id*': 'user_id',
      'user_session': 'user_session'}}},
  }.get(system, {'layout': '', 'needed': [], 'tables': {}})) }}
{% endmacro %}
