class A
  def f
    one
  end

  def f # HERE
    two
  end
end
