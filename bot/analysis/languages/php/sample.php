<p><?php
// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
namespace Shop\Cart;

use Shop\Base;

/** Documentation is a comment. */
// namespace: Cart class 3 2 22.47 55
#[Entity]
abstract class Cart extends Base implements Countable
{
    use Sums;

    private ?int $size = 1;

    // expect: Cart.__construct 1 0 0,1,0 3 0 4 0
    public function __construct(private readonly int $a, &$b = null, string ...$rest)
    {
        parent::__construct();
    }

    abstract function later($a);

    // expect: Cart.add 17 15 6,5,20 1 1 44 2
    public static function &add(?array $items): array
    {
        if ($items && !$items->open) {
            self::log("x $items");
        } elseif ($items == 1) {
            $sum = 1;
        } else if ($items->b?->c) {
            $sum .= 'y';
        } else {
            $sum ??= $items ?? 2;
        }
        for ($i = 0; $i < 3; $i++) {
            continue 2;
        }
        foreach ($items as $key => $value):
            goto end;
        endforeach;
        do {
            $items?->next();
        } while ($items and $sum xor $key);
        switch ($sum) {
            case 1:
            case 2:
                break;
            default:
                return [];
        }
        $kind = match (true) {
            1, 2 => 3,
            $sum > 1 => new Kind(4),
            default => 5,
        };
        try {
            open(<<<EOT
                text {$kind}
                EOT);
        } catch (Failure | Error $error) {
            throw new Failure();
        } finally {
            unset($sum);
        }
        end:
        return $sum ?: $kind;
    }
}

// expect: run 1 0 2,1,0 0 0 6 1
function run()
{
    # expect: run.$task 1 0 0,0,0 2 0 3 1
    $task = function ($left, $right) use ($sum) {
        return 1;
    };
    static $count = 1;
    return array_map(fn($x) => $x, [1]);
}

// namespace: Suit enum 1 0 2 7
enum Suit: string
{
    case Hearts = 'h';

    // expect: Suit.label 2 1 0,0,2 0 0 3 0
    public function label()
    {
        $this ? 1 : 2; }
}
?>
<b><?= $x ?></b>
