class A
  def f
    one
  end

  def self.f
    two
  end

  def g; end
  alias_method :h, :g
  def g; end
end
