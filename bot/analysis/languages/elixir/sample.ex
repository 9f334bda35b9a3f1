# Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
# namespace: name kind methods instance-variables complexity loc. Counted by hand.

# namespace: Shop.Cart module 7 3 26.23 67
defmodule Shop.Cart do
  @moduledoc """
  Documentation is a comment.
  """
  use GenServer
  alias Shop.Item
  defstruct [:id, items: [], total: :none]

  @doc "a comment too"
  @spec total(t, integer) :: integer
  def total(cart, tax \\ 0)

  # expect: Shop.Cart.total 1 0 0,0,0 2 0 1 0
  def total(%{items: []}, _), do: 0

  # expect: Shop.Cart.total#2 4 4 1,4,4 2 1 8 0
  def total(cart, tax) when is_map(cart) and tax > 0 do
    sum = Enum.map(cart.items, &price/1) |> Enum.sum()
    if tax && sum do
      sum * tax
    else
      Float.round(sum)
    end
  end

  # expect: Shop.Cart.find 8 6 1,3,9 1 1 14 0
  defp find(id) do
    found =
      case id do
        nil -> :none
        {:ok, x} when x in [1, 2] -> x
        _ -> unless id, do: put(id)
      end

    cond do
      found == 1 -> 1
      is_nil(found) ->
        with {:ok, a} <- fetch(id), do: a

      true -> 2
    end
    # no code
  end

  # expect: Shop.Cart.loops 7 6 0,3,6 1 2 17 0
  defmacro loops(xs) do
    for x <- xs, x > 1 do
      try do
        run(x)
      rescue
        e in RuntimeError -> e
        _ -> nil
      after
        close()
      end
    end

    receive do
      {:done, _} -> raise "x"
    after
      100 -> :timeout
    end
  end

  # expect: Shop.Cart.pipe 4 2 0,2,2 1 0 8 0
  def pipe(xs) do
    xs
    |> Enum.map(fn
      1 -> 2
      x when x > 2 -> if x.odd, do: 1
    end)
    |> Enum.sum
  end

  # expect: Shop.Cart.safe 2 1 0,1,1 0 0 5 0
  def safe do
    call()
  rescue
    _ -> nil
  end

  # expect: Shop.Cart.+ 1 0 0,0,0 2 0 1 0
  def a + b, do: {a, b}

  # expect: Shop.Cart.__using__ 1 0 0,0,0 1 0 5 0
  defmacro __using__(_) do
    quote do
      # expect: Shop.Cart.__using__.made 1 0 0,0,0 1 0 1 0
      def made(x), do: unquote(x)
    end
  end

  # namespace: Shop.Cart.Inspect module 1 0 0 3
  defimpl Inspect do
    # expect: Shop.Cart.Inspect.inspect 1 0 0,0,0 2 0 1 0
    def inspect(cart, _opts), do: cart.id
  end
end

defprotocol Size do
  def size(data)
end
