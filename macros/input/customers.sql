{% macro customers_input() %}
  {{ return({
    'one_row': 'a customer',
    'columns': {
      'customer_id*': ['id', 'The customer, as in orders and events.'],
      'created_at': ['time', 'When the account was opened.'],
      'email': ['text', 'E-mail address; never published but as a hash, and with consent.'],
      'phone': ['text', 'Telephone number; never published but as a hash, and with consent.'],
      'first_name': ['text', 'First name; read only to find the same person in another source, never published.'],
      'last_name': ['text', 'Last name; read only to find the same person in another source, never published.'],
      'postal_code': ['text', 'Postal code where the customer lives; read only for that, too, and never published.'],
      'birth_date': ['date', 'Day of birth.'],
      'gender': ['text', 'Gender, in the words of the shop.'],
      'country': ['text', 'Where the customer lives: a code of two letters or a name.'],
      'city': ['text', 'City where the customer lives.'],
      'income_band': ['text', 'Income as a band, in the words of the shop.'],
      'marketing_consent': ['flag', 'Whether the customer wants to hear of offers; the last row of a customer counts.'],
      'erased_at': ['time', 'When the customer asked to be forgotten; one row with it is enough, for good.'],
      'acquisition_channel': ['text', 'Which channel brought the customer, where the shop knows; it goes before the first visit that is seen.'],
      'updated_at': ['time', 'When the row was last changed: of several rows the latest counts.'],
    },
  }) }}
{% endmacro %}
