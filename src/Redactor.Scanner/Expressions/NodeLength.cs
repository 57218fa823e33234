namespace Redactor.Scanning.Expressions;

/// <summary>How many bytes a node can take.</summary>
internal readonly record struct NodeLength(int Min, int Max)
{
    /// <summary>In place of a greatest length: there is none.</summary>
    internal const int Unbounded = int.MaxValue;

    internal static NodeLength Zero => new(0, 0);

    internal static NodeLength Of(Node node)
    {
        switch (node)
        {
            case Node.Bytes:
                return new(1, 1);
            case Node.NonAscii:
                return new(1, 4);
            case Node.Group g:
                return Of(g.Item);
            case Node.Concat c:
                return c.Items.Aggregate(Zero, (sum, item) => sum + Of(item));
            case Node.Alternate a:
                return new(a.Items.Min(i => Of(i).Min), a.Items.Max(i => Of(i).Max));
            case Node.Repeat r:
                NodeLength item = Of(r.Item);
                return new(Clamp((long)item.Min * r.Min), r.Max == Node.Unbounded && item.Max > 0 ? Unbounded : Clamp((long)item.Max * r.Max));
            default:
                return Zero;
        }
    }

    public static NodeLength operator +(NodeLength a, NodeLength b) => new(Clamp((long)a.Min + b.Min), Clamp((long)a.Max + b.Max));

    private static int Clamp(long length) => (int)Math.Min(length, Unbounded);
}
