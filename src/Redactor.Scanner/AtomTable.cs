using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;
using Redactor.Scanning.Filtering;
using Redactor.Scanning.Names;

namespace Redactor.Scanning;

/// <summary>Which rules an atom speaks for, and where their matches start when it is seen.</summary>
internal sealed class AtomTable
{
    /// <summary>How many places behind an atom are looked at: what can stand there is the less telling the further it is.</summary>
    private const int MostBehind = 4;

    /// <summary>A set that more than this share of text belongs to tells nothing.</summary>
    private const float MostTelling = 0.5f;

    /// <summary>Where no more starts than these are possible, trying them is as fast as asking first whether the rest of a match is there.</summary>
    private const int FewStarts = 2;

    private readonly List<Atom> atoms = [];
    private readonly Dictionary<Atom, int> numbers = [];
    private readonly List<List<AtomUse>> uses = [];
    private readonly List<List<Node>> fronts = [];

    internal AtomTable(IReadOnlyList<ScanRule> rules, IReadOnlyList<RulePlaces> places, AutomatonBudget budget)
    {
        foreach ((Atom atom, Sought sought) in Seek(places))
        {
            int number = Number(Extended(atom, sought.Behind));
            uses[number].AddRange(sought.Uses);
            fronts[number].AddRange(sought.Fronts);
        }

        HashSet<int> ofNames = [];
        foreach (string key in rules.SelectMany(r => r.Keys))
        {
            foreach (Atom atom in NameAtoms.Of(NameKey.Parse(key)))
            {
                ofNames.Add(Number(atom));
            }
        }

        Dictionary<string, AnyRule?> known = [];
        Dictionary<int, Node> expressions = places.ToDictionary(rule => rule.Rule, rule => rule.Expression);
        Uses = [.. uses.Select(u => u.ToArray())];
        Any = [.. Uses.Select(u => AnyRule.Of(u, expressions, budget, known))];
        AnyFront = [.. fronts.Select((of, atom) => Scanning.AnyFront.Of(of, Uses[atom].Select(use => use.MaxOffset).DefaultIfEmpty().Max(), budget))];
        Lengths = [.. atoms.Select(a => a.Length)];
        AreOfNames = [.. atoms.Select((_, number) => ofNames.Contains(number))];
    }

    internal IReadOnlyList<Atom> Atoms => atoms;

    /// <summary>By atom: the rules that may match around it; none for an atom that only points at names.</summary>
    internal AtomUse[][] Uses { get; }

    /// <summary>By atom: whether any of its rules matches at all, where there are several that start at one place.</summary>
    internal AnyRule?[] Any { get; }

    /// <summary>By atom: whether any of its rules may start before it, where there are several that start at a varying distance.</summary>
    internal AnyFront?[] AnyFront { get; }

    /// <summary>How many uses there are in all.</summary>
    internal int UseCount { get; private set; }

    /// <summary>By atom: its length in bytes.</summary>
    internal int[] Lengths { get; }

    /// <summary>By atom: whether it points at names.</summary>
    internal bool[] AreOfNames { get; }

    /// <summary>The greatest distance of any atom from the start of its match.</summary>
    internal int MaxOffset { get; private set; }

    /// <summary>What the rules look for, and what stands behind it where any of them matches.</summary>
    private Dictionary<Atom, Sought> Seek(IReadOnlyList<RulePlaces> places)
    {
        Dictionary<Atom, Sought> atoms = [];
        foreach (RulePlaces rule in places)
        {
            foreach (Placement p in rule.Placements)
            {
                int spread = Math.Min(p.MaxOffset, rule.MaxLength);
                MaxOffset = Math.Max(MaxOffset, spread);
                List<ByteSet> behind = rule.Behind(p, Math.Min(MostBehind, Atom.MaxLength - p.Atom.Length));
                if (!atoms.TryGetValue(p.Atom, out Sought? sought))
                {
                    atoms.Add(p.Atom, sought = new Sought([], [], behind));
                }

                sought.Behind.RemoveRange(Math.Min(behind.Count, sought.Behind.Count), Math.Max(0, sought.Behind.Count - behind.Count));
                for (int i = 0; i < sought.Behind.Count; i++)
                {
                    sought.Behind[i] |= behind[i];
                }

                if (p.Front is not null)
                {
                    sought.Fronts.Add(p.Front);
                }

                bool once = p.Front is Node.Repeat { Item: Node.Bytes };
                sought.Uses.Add(new AtomUse(UseCount++, rule.Rule, p.MinOffset, spread, rule.FrontOf(p), once, spread - p.MinOffset > FewStarts ? rule.RestFrom(p) : null, rule.MaxLength));
            }
        }

        return atoms;
    }

    /// <summary>An atom with what stands behind it, as far as that tells anything: fewer places are looked at, as <c>tokens</c> and <c>token </c> differ there.</summary>
    private static Atom Extended(Atom atom, List<ByteSet> behind)
    {
        if (TextWindows.LengthFor(atom) == 0)
        {
            return atom; // a run or a shape, which is looked for in other ways
        }

        ByteSet[] telling = [.. behind.Select(set => TextStatistics.Share(TextStatistics.SymbolsOf(set)) > MostTelling ? ByteSet.All : set)];
        return new Atom([.. atom.Sets, .. telling.AsSpan(0, Array.FindLastIndex(telling, set => set != ByteSet.All) + 1)]) { AtWordStart = atom.AtWordStart };
    }

    private int Number(Atom atom)
    {
        if (!numbers.TryGetValue(atom, out int number))
        {
            number = atoms.Count;
            atoms.Add(atom);
            uses.Add([]);
            fronts.Add([]);
            numbers.Add(atom, number);
        }

        return number;
    }

    private sealed record Sought(List<AtomUse> Uses, List<Node> Fronts, List<ByteSet> Behind);
}

/// <summary>What an atom means to one rule.</summary>
/// <param name="Number">The use's own number.</param>
/// <param name="Rule">The rule.</param>
/// <param name="MinOffset">The least distance of the atom from the start of a match.</param>
/// <param name="MaxOffset">The greatest.</param>
/// <param name="Front">What a match holds up to the atom, where the distance varies; else null.</param>
/// <param name="Once">Whether the starts that one occurrence has need not be asked for at the next one: what stands before is of one set.</param>
/// <param name="Rest">What a match holds from the atom on, where the distance varies by more than a few bytes; else null.</param>
/// <param name="MaxLength">The rule's greatest match length.</param>
internal readonly record struct AtomUse(int Number, int Rule, int MinOffset, int MaxOffset, BackwardDfa? Front, bool Once, LazyDfa? Rest, int MaxLength);
