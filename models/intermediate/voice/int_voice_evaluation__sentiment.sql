-- One row per model and metric: how good sentiment was out of time. With `evaluate: false` an earlier run's rows stay.
{{ voice_evaluation('sentiment', ref('ml_review_voice')) }}
