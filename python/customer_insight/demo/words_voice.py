# ruff: noqa: E501 -- a table of sentences reads best with one a line
"""What customers of the made shop write: reviews by sentiment, support messages by intent. `{}` is the product."""

from __future__ import annotations

# fmt: off
POSITIVE_TITLES = ["Love it", "Better than expected", "Would buy again", "Excellent", "A real find", "Very happy", "Great quality", "Perfect present"]
NEUTRAL_TITLES = ["It is fine", "Does the job", "Average", "Okay for the price", "Nothing special", "Mixed feelings"]
NEGATIVE_TITLES = ["Disappointed", "Not worth it", "Broke after a week", "Would not recommend", "Poor quality", "Sent it back"]

POSITIVE_OPENINGS = ["I love this {}.", "This {} is excellent.", "Really pleased with the {}.", "A beautiful {}, even nicer than in the pictures.", "The {} is great and arrived quickly.", "Bought the {} as a gift and she was delighted.", "Brilliant {}, exactly as described."]
POSITIVE_MIDDLES = ["The quality is superb.", "Well made and good value.", "It feels sturdy and looks lovely.", "My family use it every day and adore it.", "Delivery was fast and the packaging perfect.", "It does exactly what I hoped.", "Wonderful colour and a lovely finish."]
POSITIVE_CLOSINGS = ["Highly recommended.", "I would happily buy it again.", "Five stars from me.", "Thank you!", "Already ordered another one.", "Very happy customer."]

NEUTRAL_OPENINGS = ["The {} is okay.", "This {} does what it says.", "An average {}.", "The {} is fine for the price.", "Not sure about the {} yet."]
NEUTRAL_MIDDLES = ["It is a bit smaller than I imagined.", "Nothing special, nothing wrong.", "The colour differs slightly from the photo.", "Delivery took about a week.", "It works, that is all.", "I expected a little more."]
NEUTRAL_CLOSINGS = ["It will do.", "Three stars.", "I might try another one next time.", "Acceptable.", "We shall see how long it lasts."]

NEGATIVE_OPENINGS = ["Very disappointed with this {}.", "The {} is poor quality.", "I regret buying this {}.", "This {} broke within days.", "The {} arrived damaged.", "Terrible {}, nothing like the picture."]
NEGATIVE_MIDDLES = ["It feels cheap and flimsy.", "The finish is awful.", "It stopped working after a week.", "Delivery was late and the box was torn.", "Far too expensive for what it is.", "It smells horrible and will not go away."]
NEGATIVE_CLOSINGS = ["I have sent it back.", "Avoid.", "A waste of money.", "I want a refund.", "Would not recommend.", "Never again."]

MIXED = ["The {} itself is lovely, but delivery was painfully slow.", "Great idea, poor execution: the {} is pretty but fragile.", "I wanted to love this {}. Beautiful to look at, disappointing to use.", "Awful packaging, yet the {} is excellent.", "Good {}, bad instructions."]

INTENTS = ["order_status", "return", "refund", "size_advice", "payment_failed", "complaint", "product_question", "change_address"]
INTENT_SHARES = [0.26, 0.15, 0.13, 0.08, 0.09, 0.10, 0.12, 0.07]
GREETINGS = ["Hi, ", "Hello, ", "Hi there, ", "Good morning, ", "Dear team, ", "", "", "Hello again, "]
CLOSINGS = [" Thanks!", " Many thanks.", " Kind regards", "", "", " Please let me know.", " Thank you in advance.", " Could you help?"]
# Five ways to say each intent; `{}` is the product.
MESSAGES: dict[str, list[str]] = {
    "order_status": ["where is my order? The {} should have been here by now.", "my parcel with the {} has not arrived yet and tracking has not moved for days.", "can you tell me when my {} will be delivered?", "I ordered a {} last week, has it been dispatched?", "the tracking link for my delivery does not work. When will the {} come?"],
    "return": ["I would like to return the {}. How do I send it back?", "how can I return a {}? It is unopened.", "please send me a return label for the {}.", "the {} is not for me, I want to send it back.", "what is the returns address for the {}?"],
    "refund": ["I returned the {} two weeks ago and am still waiting for my refund.", "when will I get my money back for the {}?", "my refund for the {} has not reached my account.", "I was charged twice for the {}, please refund one payment.", "you refunded only part of the price of the {}."],
    "size_advice": ["which size of the {} should I order? I am between two sizes.", "is the {} true to size?", "could you give me the measurements of the {}?", "would the small or the large {} fit better?", "how big is the {} exactly, in centimetres?"],
    "payment_failed": ["my card was declined when I tried to buy the {}.", "the payment page shows an error and I cannot pay for the {}.", "PayPal does not work at checkout for the {}.", "payment failed but the money was reserved for the {}.", "I cannot complete checkout, my payment keeps failing. There is a {} in my basket."],
    "complaint": ["I am very unhappy: the {} arrived broken.", "this is the second time the {} came damaged. Not good enough.", "the {} is faulty and nobody answers my emails. I want to complain.", "the wrong item came instead of the {}. This is unacceptable.", "terrible service, the {} was late and the box was crushed."],
    "product_question": ["how should I look after the {}?", "where is the {} made?", "does the {} come with instructions?", "will the {} be back in stock soon?", "is the {} suitable as a present for my mother?"],
    "change_address": ["I have moved, please change the delivery address for my {}.", "can I still change the address of my order with the {}?", "the {} is going to my old address, please correct it.", "please deliver the {} to my office instead.", "I made a typo in my address when I ordered the {}."],
}
REPLIES: dict[str, str] = {
    "order_status": "Thank you for waiting. Your parcel is on its way and should be with you within two working days.",
    "return": "No problem. We have emailed you a return label; drop the parcel at any post office.",
    "refund": "Sorry about the delay. Your refund was sent today and takes three to five days to show.",
    "size_advice": "Most customers between two sizes are happier with the larger one.",
    "payment_failed": "Sorry for the trouble. Please try again or use another card; any reserved amount is released in a day.",
    "complaint": "We are very sorry. A replacement leaves us today, free of charge.",
    "product_question": "Good question. You will find this under Details on the product page; we have added the answer.",
    "change_address": "Done. We have changed the delivery address.",
}
SUPPORT_CHANNELS = ["email", "chat", "phone", "social"]
