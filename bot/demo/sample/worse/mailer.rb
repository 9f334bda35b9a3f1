class Mailer
  def initialize(transport)
    @transport = transport
  end

  def welcome(customer, language, shop, season, again)
    return if customer.email.nil?
    return if customer.blocked && !again

    if language == "de"
      if season == :winter && shop.open?
        subject = customer.vip ? "Willkommen zurück im Winter" : "Willkommen im Winter"
      elsif season == :summer || again
        subject = "Willkommen im Sommer"
      else
        subject = "Willkommen"
      end
    elsif language == "fr"
      subject = again ? "Rebonjour" : "Bonjour"
    else
      subject = "Welcome"
    end
    @transport.deliver(to: customer.email, subject: subject, body: "Hello #{customer.name}")
  end
end
