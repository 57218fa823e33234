using Redactor.Scanning.Automata;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning;

/// <summary>
/// Where the atoms of one rule stand in its matches, and the automata for what is around them. Only the making of an <see cref="AtomTable"/> needs it: it holds the
/// rule's tree, and all that a compiled set keeps counts.
/// </summary>
internal sealed class RulePlaces
{
    private readonly Program program;
    private readonly Dictionary<Node, LazyDfa> rests;
    private readonly Dictionary<Node, BackwardDfa> fronts;

    internal RulePlaces(int rule, int maxLength, Node expression, Program program, IReadOnlyList<Placement> placements, AutomatonBudget budget)
    {
        (Rule, MaxLength, Expression, Placements) = (rule, maxLength, expression, placements);
        this.program = program;
        rests = OfEach(placements.Select(p => p.Rest), rest => new LazyDfa(Compiler.Compile(rest), budget));
        fronts = OfEach(placements.Select(p => p.Front), front => new BackwardDfa(front, budget));
    }

    /// <summary>The rule's number.</summary>
    internal int Rule { get; }

    /// <summary>Its greatest match length.</summary>
    internal int MaxLength { get; }

    /// <summary>Its expression.</summary>
    internal Node Expression { get; }

    /// <summary>Where to start looking: every match holds one of these.</summary>
    internal IReadOnlyList<Placement> Placements { get; }

    /// <summary>The automaton for what a match holds from an atom on, where its distance from the start varies; else null.</summary>
    internal LazyDfa? RestFrom(Placement placement) => placement.Rest is null ? null : rests[placement.Rest];

    /// <summary>The automaton for what a match holds up to an atom, where its distance from the start varies; else null.</summary>
    internal BackwardDfa? FrontOf(Placement placement) => placement.Front is null ? null : fronts[placement.Front];

    /// <summary>Which bytes can stand behind an atom in a match, at up to <paramref name="count"/> places.</summary>
    internal List<ByteSet> Behind(Placement placement, int count) =>
        placement.Rest is not null ? Following.Of(rests[placement.Rest].Program, 0, placement.Atom, count)
        : placement.MinOffset == placement.MaxOffset ? Following.Of(program, placement.MinOffset, placement.Atom, count)
        : [];

    private static Dictionary<Node, TAutomaton> OfEach<TAutomaton>(IEnumerable<Node?> nodes, Func<Node, TAutomaton> compile) =>
        nodes.OfType<Node>().Distinct(ReferenceEqualityComparer.Instance).Cast<Node>().ToDictionary(node => node, compile, (IEqualityComparer<Node>)ReferenceEqualityComparer.Instance);
}
