using Redactor.Scanning;

namespace Redactor.Known;

/// <summary>Values that several sources hold, or that one spells as another does: each once, under the name that comes first.</summary>
internal static class DistinctValues
{
    /// <summary>The first of each value, in their order.</summary>
    public static List<ExactValue> Of(List<ExactValue> values) => [.. values.DistinctBy(value => value.Value, ByContent.Instance)];

    private sealed class ByContent : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static ByContent Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}
