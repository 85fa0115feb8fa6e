import type { Labelled } from './suggest-data.ts';

/**
 * What callers of a retailer say first, written for Callside, three per script. The public scripts come
 * without questions of their own here, so these stand in; they are written from the caller's side, with
 * the wrong words, small talk and detours callers use, and never read from the script while writing.
 */
const LINES = `
refund_initiate|Hi there, I bought a pair of boots and I'm not happy with them, can I get my money back?
refund_initiate|I'd like a refund for a shirt please
refund_initiate|the dress I got has a hole in it and I want to get refunded
refund_update|I already asked for a refund but I need to add one more thing to it
refund_update|hello, can I add another item to the refund I started last week
refund_update|I'm returning a second pair too, can you include that in my existing refund
refund_status|I sent back my order and was wondering where my refund is
refund_status|hi I want to check the status of my refund
refund_status|how is my refund going to be paid, has it been processed yet?
return_stain|The jacket arrived with a stain on it, I want to return it
return_stain|my new jeans have some kind of dirt mark on the leg, can I send them back
return_stain|hello I received a sweater and it is stained. How do I return it?
return_color|I'd like to return a shirt, it's the wrong color
return_color|they look nothing like the picture, I ordered blue and got green
return_color|hi, I don't like the color of the boots I bought so I want to send them back
return_size|the jeans don't fit, I need to return them
return_size|Hi I ordered the wrong size and would like to return my boots
return_size|shirt is too small for me can i bring it back
status_mystery_fee|I just saw an extra fee on my order that I don't recognise
status_mystery_fee|there's a charge of $40 added to my purchase, what is that for?
status_mystery_fee|hey I'm checking my order and there is some weird additional fee
status_delivery_time|my package is supposed to come in the morning but I'll only be home in the evening
status_delivery_time|the delivery time on my order is wrong
status_delivery_time|I asked for evening delivery and the email says morning
status_payment_method|I want to check which card was used for my order, I think it's the wrong payment method
status_payment_method|it says I paid by paypal but I wanted my credit card
status_payment_method|Hi, the payment method shown on my order isn't right
status_quantity|I got an email saying I ordered 3 shirts but I only ordered one
status_quantity|the confirmation shows the wrong quantity for my order
status_quantity|hello the number of items on my order doesn't match what I bought
manage_upgrade|can I upgrade to overnight shipping?
manage_upgrade|I need my order faster, tomorrow if possible
manage_upgrade|I would like to pay for the quicker delivery on an order I just placed
manage_downgrade|I'd like slower shipping to save some money
manage_downgrade|can you change my shipping to the cheaper one, I'm in no hurry
manage_downgrade|downgrade my shipping please, next week is fine
manage_create|I want to add an item to my order
manage_create|I forgot to put a belt in my order, can you add it before it ships
manage_create|hi can I add one more shirt to an order I made yesterday
manage_cancel|I accidentally ordered two of the same thing and want to remove one
manage_cancel|please cancel one of the items in my order, I clicked twice
manage_cancel|I need to cancel an item I ordered by mistake
recover_username|I forgot my username
recover_username|can't log in because I don't remember my user name
recover_username|what name do I use to sign in? I have lost it
recover_password|I can't remember my password
recover_password|need a new password for my account please
recover_password|I'm locked out, password isn't working
reset_2fa|I lost my phone and can't do the two factor login any more
reset_2fa|my 2fa code isn't coming, can you reset it
reset_2fa|need to reset the two-factor authentication on my account
credit_card|the website keeps rejecting my credit card
credit_card|my card is declined every time I try to check out
credit_card|Hi, I'm trying to buy something and it says my credit card is invalid
shopping_cart|I can't add anything to my cart
shopping_cart|when I click the item the cart doesn't update
shopping_cart|my shopping cart stays empty, the site is not working
search_results|the search on your site isn't finding anything
search_results|every time I search I get no results
search_results|I'm looking for jeans on the site and the search bar doesn't work
slow_speed|your website is really slow today
slow_speed|pages take forever to load
slow_speed|Hi, the site is so slow that I can't shop
status_service_added|there is a service on my account that I never signed up for
status_service_added|I was charged for a subscription service I didn't add
status_service_added|hey why is there a new service added to my account
status_service_removed|a service was removed from my account and I didn't ask for that
status_service_removed|I had a service on my plan and now it's gone
status_service_removed|why did you take off my premium service
status_shipping_question|does my account let me have free international shipping?
status_shipping_question|do you ship to Canada for free with my membership
status_shipping_question|I have a question about shipping out of the country
status_credit_missing|I should have a credit on my account but it isn't there
status_credit_missing|some of my store credit is missing
status_credit_missing|you promised me $50 credit and I can't see it in my account
manage_change_address|I moved and need to change my address
manage_change_address|please update the address on my account
manage_change_address|hi, I have a new home address
manage_change_name|I got married and need to change my last name
manage_change_name|my name is spelled wrong on my account
manage_change_name|can you update my name in your system
manage_change_phone|I have a new phone number
manage_change_phone|please update the phone number on my account
manage_change_phone|my mobile number changed, where do I put the new one
manage_payment_method|I want to change the payment method saved on my account
manage_payment_method|how can I put a different credit card on my profile
manage_payment_method|need to update the card on file
bad_price_competitor|I saw the same shirt cheaper at another store
bad_price_competitor|your competitor sells these boots for less, can you match that price
bad_price_competitor|why is your price so much higher than other shops
bad_price_yesterday|the price was lower yesterday!
bad_price_yesterday|I looked at this jacket yesterday and today it costs more
bad_price_yesterday|why did the price go up since yesterday
out_of_stock_general|everything I want is out of stock
out_of_stock_general|you guys never have anything in stock
out_of_stock_general|it's annoying, all the things I look for are sold out
out_of_stock_one_item|I wanted the blue jacket but it is out of stock
out_of_stock_one_item|when will the boots I like be back in stock?
out_of_stock_one_item|the one item I was waiting for is sold out
promo_code_invalid|my promo code isn't working
promo_code_invalid|I tried to use a code and it says invalid
promo_code_invalid|the discount code you sent me does not work at checkout
promo_code_out_of_date|my promo code has expired
promo_code_out_of_date|the coupon says it is out of date but I just got it
promo_code_out_of_date|can I still use an expired promo code
mistimed_billing_already_returned|I returned an item but I am still being billed for it
mistimed_billing_already_returned|I already sent it back and there's still a charge on my bill
mistimed_billing_already_returned|you billed me for boots I have returned weeks ago
mistimed_billing_never_bought|I got billed for something I never bought
mistimed_billing_never_bought|there's a charge on my bill and I never ordered anything
mistimed_billing_never_bought|you charged me for a purchase I did not make
status|I got an email about my shipment and it looks wrong, can you check its status
status|what is the status of my shipment
status|the shipping email says it was delivered to somewhere else, is that right?
manage|I need to change the shipping address of my shipment
manage|my order shipped already but I want to send it to another address
manage|can I make a change to my shipment? I ordered the wrong item
missing|my package never arrived
missing|it says delivered but I didn't receive my item
missing|I've been waiting for my order and it is still not here, it's missing
cost|shipping costs too much, can you waive the fee
cost|the shipping cost is way too high
cost|I want a refund of the shipping charge
status_active|did my payment go through? is my subscription still active
status_active|I want to know if my subscription is active
status_active|checking whether my premium subscription is still on
status_due_amount|how much do I owe on my subscription?
status_due_amount|what is the amount due for my premium account
status_due_amount|I need to know how much my subscription bill is
status_due_date|when is my subscription due?
status_due_date|what day of the month does my subscription renew
status_due_date|I want to check the due date of my next payment
manage_pay_bill|I'd like to pay my subscription bill
manage_pay_bill|can I pay for my subscription over the phone
manage_pay_bill|hi I want to renew my premium subscription
manage_extension|I can't pay my subscription this month, can I have more time
manage_extension|could I get an extension on my bill
manage_extension|I lost my job and need a few more days to pay for premium
manage_dispute_bill|I was charged twice for my subscription
manage_dispute_bill|something is wrong with my subscription bill
manage_dispute_bill|I want to dispute a charge on my subscription
boots|are the boots waterproof?
boots|how long do these boots run, do they fit true to size
boots|I have a question about a pair of boots
shirt|what material is the shirt made of
shirt|can I put the shirt in the dryer
shirt|do the sleeves on the shirt shrink when washed
jeans|how do I wash these jeans
jeans|are the jeans stretchy
jeans|what's the length of the Levi's jeans
jacket|is this jacket warm enough for winter
jacket|does the jacket have pockets inside
jacket|how should I clean the jacket
pricing|do you ever have sales
pricing|how do you decide your prices, do you price match
pricing|can I use more than one discount, what is the pricing
membership|what do I get with a membership
membership|how do I become a gold member
membership|what are the levels of your membership program
timing|when does the sale start
timing|what time do you close
timing|how long until new items come out, when is the next season
policy|what is your return policy
policy|how many days do I have to return something
policy|can you tell me about your store policy
`;

export const RETAILER_QUERIES: readonly Labelled[] = LINES.trim().split('\n').map((line) => {
  const [label = '', text = ''] = line.split('|');
  return { text, label };
});
