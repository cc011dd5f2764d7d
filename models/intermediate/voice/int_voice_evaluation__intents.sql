-- One row per model and metric: how good intents were out of time. With `evaluate: false` an earlier run's rows stay.
{{ voice_evaluation('intents', ref('ml_message_intents')) }}
