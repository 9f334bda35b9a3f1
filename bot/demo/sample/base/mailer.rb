class Mailer
  def initialize(transport)
    @transport = transport
  end

  def welcome(customer)
    return if customer.email.nil?

    @transport.deliver(to: customer.email, subject: "Welcome", body: "Hello #{customer.name}")
  end
end
