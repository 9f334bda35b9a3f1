defmodule A do
  def run(a, b) do
    :crypto.crypto_one_time(:aes_256_ctr, a, b, true)
    :crypto.crypto_one_time(cipher, a, b, true)
  end
end
