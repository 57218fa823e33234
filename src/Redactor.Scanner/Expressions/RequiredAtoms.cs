using Redactor.Scanning.Automata;
using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Expressions;

/// <summary>An atom that some match holds, and where: from <paramref name="MinOffset"/> to <paramref name="MaxOffset"/> bytes behind the match's start.</summary>
/// <param name="Atom">What to look for.</param>
/// <param name="MinOffset">The least distance from the match's start.</param>
/// <param name="MaxOffset">The greatest one; <see cref="NodeLength.Unbounded"/> if there is none.</param>
/// <param name="Front">What every match holds up to the atom, where the distance varies; else null. It tells which starts are worth trying.</param>
/// <param name="Rest">What every match holds from the atom on, where the distance varies; else null. Where it does not match, no start needs to be tried.</param>
internal sealed record Placement(Atom Atom, int MinOffset, int MaxOffset, Node? Front, Node? Rest);

/// <summary>
/// Finds the atoms of which every match of an expression holds one. Every stretch of the expression that is finite is a choice;
/// the one that text holds least often wins.
/// <code>
/// [a-z.]{0,20}api[_-]?key\s*=\s*(\w{20,})     the choice: "apikey" or "api[_-]key", 0 to 20 bytes behind the start
/// </code>
/// </summary>
internal static class RequiredAtoms
{
    /// <summary>The placements of the best choice; null if the expression requires nothing that is rare enough.</summary>
    internal static IReadOnlyList<Placement>? Find(Node node)
    {
        Choice? best = BestOf(node, new Place(NodeLength.Zero, ByteSet.Empty, false, null), AtomCost.Limit);
        return best is null ? null : [.. best.Parts.SelectMany(p => p.Placements()).Distinct()];
    }

    /// <summary>Sequences that stand side by side at one place.</summary>
    private sealed record Part(List<ByteSet[]> Sequences, Place At, Node? Rest)
    {
        internal IEnumerable<Placement> Placements()
        {
            Node? front = At.Offset.Min == At.Offset.Max ? null : At.Front?.ToNode();
            return Sequences.Select(s => new Placement(
                new Atom(s) { AtWordStart = At.BehindBoundary && s[0].IsWithin(ByteClasses.Word) }, At.Offset.Min, At.Offset.Max, front, Rest));
        }
    }

    /// <summary>A place in the expression: how far behind the match's start, which bytes can stand between, whether <c>\b</c> is right before it, and all that stands before it.</summary>
    private readonly record struct Place(NodeLength Offset, ByteSet Before, bool BehindBoundary, Items? Front)
    {
        internal Place Behind(Node item) => new(Offset + NodeLength.Of(item), Before | AllBytes(item), EndsOutsideWord(item), new Items(Front, item));
    }

    /// <summary>Items of an expression in a row, which places share.</summary>
    private sealed record Items(Items? Before, Node Last)
    {
        internal Node ToNode()
        {
            List<Node> items = [];
            for (Items? item = this; item is not null; item = item.Before)
            {
                items.Insert(0, item.Last);
            }

            return items.Count == 1 ? items[0] : new Node.Concat(items);
        }
    }

    private sealed record Choice(IReadOnlyList<Part> Parts, double Cost);

    /// <summary>The best choice in <paramref name="node"/> that costs less than <paramref name="below"/>; null if there is none. Most are given up long before their cost is known.</summary>
    private static Choice? BestOf(Node node, Place at, double below)
    {
        switch (node)
        {
            case Node.Group g:
                return BestOf(g.Item, at, below);
            case Node.Alternate a:
                Choice? whole = BestOfItems([a], at, below);
                return BestOfEach(a.Items, at, whole?.Cost ?? below) ?? whole;
            case Node.Concat c:
                return BestOfItems(c.Items, at, below);
            case Node.Repeat r when r.Min > 0:
                Choice? turns = BestOfItems([r], at, below);
                return BestOf(r.Item, at, turns?.Cost ?? below) ?? turns;
            case Node.Bytes:
                return BestOfItems([node], at, below);
            default:
                return null;
        }
    }

    private static Choice? BestOfEach(IReadOnlyList<Node> branches, Place at, double below)
    {
        var parts = new List<Part>();
        double cost = 0;
        foreach (Node branch in branches)
        {
            if (BestOf(branch, at, below) is not { } choice || (cost += choice.Cost) >= below)
            {
                return null;
            }

            parts.AddRange(choice.Parts);
        }

        return new Choice(parts, cost);
    }

    /// <summary>Tries every window of neighbouring items, each also with only the last turn of a repeat at its front and the first turns of one at its end.</summary>
    private static Choice? BestOfItems(IReadOnlyList<Node> items, Place at, double below)
    {
        items = Flatten(items);
        List<ByteSet[]>?[] sequences = [.. items.Select(Sequences.Of)];
        Choice? best = null;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is Node.Assert { Kind: var kind })
            {
                at = at with { BehindBoundary = at.BehindBoundary || kind == AssertKind.WordBoundary };
                continue;
            }

            Extend([[]], i, at, []);
            if (items[i] is Node.Repeat { Item: Node.Bytes b, Min: > 0 } r && r.Max != r.Min)
            {
                var turnsBefore = new Node.Repeat(b, r.Min - 1, r.Max == Node.Unbounded ? Node.Unbounded : r.Max - 1, Greedy: true);
                Extend([[b.Set]], i + 1, at.Behind(turnsBefore), [b]);
            }
            else if (sequences[i] is null)
            {
                Prefer(items[i] switch
                {
                    Node.Alternate a => BestOfEach(a.Items, at, below),
                    Node.Repeat { Min: > 0 } inner => BestOf(inner.Item, at, below),
                    _ => null,
                });
            }

            at = at.Behind(items[i]);
        }

        return best;

        void Extend(List<ByteSet[]> open, int from, Place place, IReadOnlyList<Node> begun)
        {
            Node? rest = place.Offset.Min == place.Offset.Max ? null : new Node.Concat([.. begun, .. items.Skip(from)]);
            for (int j = from; j <= items.Count; j++)
            {
                Prefer(ToChoice(open, place, rest, below));
                if (j < items.Count && items[j] is Node.Repeat { Min: > 0 } r)
                {
                    Prefer(ToChoice(Sequences.Cross(open, FirstTurns(r)), place, rest, below));
                }

                if (j == items.Count || Sequences.Cross(open, sequences[j]) is not { } longer)
                {
                    break;
                }

                open = longer;
            }
        }

        void Prefer(Choice? better)
        {
            if (better is not null)
            {
                (best, below) = (better, better.Cost);
            }
        }
    }

    private static List<ByteSet[]>? FirstTurns(Node.Repeat repeat) => repeat.Item is Node.Bytes b
        ? [[.. Enumerable.Repeat(b.Set, Math.Min(repeat.Min, Sequences.MaxLength))]]
        : Sequences.Of(repeat.Item);

    /// <summary>The choice of <paramref name="sequences"/> but for those that stand only where a shorter one stands too: of 12 to 19 digits, 12 remain.</summary>
    private static Choice? ToChoice(List<ByteSet[]>? sequences, Place at, Node? rest, double below)
    {
        if (sequences is null || sequences.Exists(s => s.Length == 0))
        {
            return null;
        }

        List<ByteSet[]> kept = new(sequences.Count);
        double cost = 0;
        foreach (ByteSet[] sequence in sequences.OrderBy(s => s.Length))
        {
            if (kept.Exists(shorter => Sequences.Implies(sequence, shorter)))
            {
                continue;
            }

            kept.Add(sequence);
            cost += AtomCost.Of(sequence, at.Offset, at.Before);
            if (cost >= below)
            {
                return null;
            }
        }

        return new Choice([new Part(kept, at, rest)], cost);
    }

    /// <summary>Opens groups and merges neighbouring single bytes, so that a literal is one item.</summary>
    private static List<Node> Flatten(IReadOnlyList<Node> items)
    {
        var flat = new List<Node>();
        foreach (Node item in items)
        {
            switch (item)
            {
                case Node.Group g:
                    flat.AddRange(Flatten([g.Item]));
                    break;
                case Node.Concat c:
                    flat.AddRange(Flatten(c.Items));
                    break;
                default:
                    flat.Add(item);
                    break;
            }
        }

        var merged = new List<Node>();
        var literal = new List<Node>();
        foreach (Node item in flat)
        {
            if (item is Node.Bytes)
            {
                literal.Add(item);
                continue;
            }

            Close();
            merged.Add(item);
        }

        Close();
        return merged;

        void Close()
        {
            if (literal.Count > 0)
            {
                merged.Add(literal.Count == 1 ? literal[0] : new Node.Concat([.. literal]));
                literal.Clear();
            }
        }
    }

    /// <summary>Whether behind every match of <paramref name="node"/> a byte of a word would start one, as behind <c>(?:^|[^0-9A-Za-z_])</c>.</summary>
    private static bool EndsOutsideWord(Node node) => node switch
    {
        Node.Bytes b => (b.Set & ByteClasses.Word).IsEmpty,
        Node.NonAscii => true,
        Node.Assert a => a.Kind is AssertKind.UnitStart or AssertKind.LineStart,
        Node.Group g => EndsOutsideWord(g.Item),
        Node.Alternate a => a.Items.All(EndsOutsideWord),
        Node.Concat { Items: [.., var last] } => EndsOutsideWord(last),
        Node.Repeat { Min: > 0 } r => EndsOutsideWord(r.Item),
        _ => false,
    };

    private static ByteSet AllBytes(Node node) => node switch
    {
        Node.Bytes b => b.Set,
        Node.NonAscii => ByteSet.Range(0x80, 0xFF),
        Node.Group g => AllBytes(g.Item),
        Node.Repeat r => AllBytes(r.Item),
        Node.Concat c => c.Items.Aggregate(ByteSet.Empty, (all, item) => all | AllBytes(item)),
        Node.Alternate a => a.Items.Aggregate(ByteSet.Empty, (all, item) => all | AllBytes(item)),
        _ => ByteSet.Empty,
    };
}
