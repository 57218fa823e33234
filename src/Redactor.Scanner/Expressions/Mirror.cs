using Redactor.Scanning.Automata;

namespace Redactor.Scanning.Expressions;

/// <summary>An expression read from its end: <c>ab+(c|de)</c> is <c>(c|ed)b+a</c>. Conditions but the unit's start are left out and flaws are any bytes beyond ASCII, so it may match too much, never too little.</summary>
internal static class Mirror
{
    private static readonly Node.Repeat BeyondAscii = new(new Node.Bytes(ByteClasses.BeyondAscii), 1, Node.Unbounded, Greedy: true);

    internal static Node Of(Node node) => node switch
    {
        Node.Bytes => node,
        Node.NonAscii => BeyondAscii,
        Node.Concat c => new Node.Concat([.. c.Items.Reverse().Select(Of)]),
        Node.Alternate a => new Node.Alternate([.. a.Items.Select(Of)]),
        Node.Repeat r => r with { Item = Of(r.Item) },
        Node.Group g => Of(g.Item),
        Node.Assert { Kind: AssertKind.UnitStart } => new Node.Assert(AssertKind.UnitEnd),
        _ => Node.Empty,
    };
}
