{# The UCI Online Retail table: one file, as both of its editions spell its columns. #}
{% macro online_retail_raw_tables() %}
  {{ return({
    'invoice_lines': {'files': '*', 'one_file': true, 'needed': true, 'columns': {
      'invoice*': 'Invoice|InvoiceNo', 'stock_code*': 'StockCode', 'description': 'Description',
      'quantity*': 'Quantity', 'invoice_date*': 'InvoiceDate', 'price*': 'Price|UnitPrice',
      'customer_id*': 'Customer ID|CustomerID', 'country': 'Country', 'sheet': 'sheet',
    }},
  }) }}
{% endmacro %}
