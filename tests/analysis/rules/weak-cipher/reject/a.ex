defmodule A do
  def run(a, b) do
    :crypto.crypto_one_time(:des_ede3_cbc, a, b, true) # HERE
    :crypto.crypto_one_time(:aes_128_ecb, a, b, true) # HERE
  end
end
