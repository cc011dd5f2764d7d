"""What texts are made of, whatever they are about: words, languages, vectors of words, personal details masked."""
