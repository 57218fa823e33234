namespace Redactor.Redact.Chunks;

/// <summary>What joining a field's text with others has found in it, beside what reading it alone finds.</summary>
internal sealed class ChunkCut
{
    /// <summary>What is to be masked in the text; texts of ranges lie in <see cref="ChunkReader.Texts"/>.</summary>
    public List<MaskedRange> Ranges { get; } = [];

    /// <summary>What the findings ask for.</summary>
    public Verdict Verdict { get; set; } = Verdict.Mask;
}
