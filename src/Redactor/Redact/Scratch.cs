using System.Buffers;
using Redactor.Locate;
using Redactor.Redact.Chunks;
using Redactor.Redact.Conversations;
using Redactor.Redact.Views;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>What redacting one payload needs beside the payload; one for each thread, so that a clean payload costs no allocation.</summary>
internal sealed class Scratch : LocateScratch
{
    [ThreadStatic]
    private static Scratch? ofThread;

    private Edit[] edits = new Edit[64];
    private RuleSet? rulesOfNames;
    private (int Resource, int Record, AuditOrigin Origin) lastOrigin;

    private Scratch()
    {
        Judge = new UnitJudge(Counter);
        Reader = new UnitReader(Judge, Counter);
        Chunks = new ChunkReader(Reader, Judge, Counter);
    }

    /// <summary>The payload as it is searched.</summary>
    public PayloadText Payload { get; } = new();

    /// <summary>The findings of one unit.</summary>
    public FindingList Findings { get; } = new();

    /// <summary>What is found in the payload.</summary>
    public FindingCounter Counter { get; } = new();

    /// <summary>Judges the findings of one unit.</summary>
    public UnitJudge Judge { get; }

    /// <summary>Reads units and their views.</summary>
    public UnitReader Reader { get; }

    /// <summary>What attributes beside a content of a conversation say of it.</summary>
    public Siblings Siblings { get; } = new();

    /// <summary>Reads texts that come in pieces.</summary>
    public ChunkReader Chunks { get; }

    /// <summary>New bytes for all edits, one after the other.</summary>
    public ArrayBufferWriter<byte> Replacements { get; } = new(1024);

    /// <summary>Where the new bytes of the field at hand start in <see cref="Replacements"/>.</summary>
    public int ReplacementStart { get; set; }

    /// <summary>The signal of the payload; null outside OTLP.</summary>
    public Signal? Signal { get; set; }

    /// <summary>What other requests hold of the streams of the payload; null: nothing is known of them.</summary>
    public StreamNeighbours? Neighbours { get; set; }

    /// <summary>Where the payload is rewritten to, should it be; null: to new memory.</summary>
    public RewriteBuffer? Rewritten { get; set; }

    /// <summary>The masks of the payload's rule set, for services that have none of their own.</summary>
    public Maskers Maskers { get; private set; } = null!;

    /// <summary>The name of the service whose telemetry the resource's message with this index in the list holds; index -1: none was looked up yet.</summary>
    public (int Resource, string? Name) Service { get; set; }

    /// <summary>The messages around what was audited last, and what they say; -1: none was looked at.</summary>
    public ref (int Resource, int Record, AuditOrigin Origin) LastOrigin => ref lastOrigin;

    /// <summary>Whether the payload as a whole is refused, for what stands in none of its records.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether work on the payload was broken off, so that what is here is of no use to the next.</summary>
    public bool IsSpoiled { get; set; }

    /// <summary>What to overwrite in the bytes of a field that this build does not know.</summary>
    public List<MaskedRange> Blanks { get; } = [];

    /// <summary>The edits of the located fields, as many as they are, all of them none at first.</summary>
    public Span<Edit> Edits
    {
        get
        {
            if (edits.Length < Fields.Count)
            {
                edits = new Edit[Math.Max(Fields.Count, edits.Length * 2)];
            }

            return edits.AsSpan(0, Fields.Count);
        }
    }

    /// <summary>The calling thread's, as good as new.</summary>
    public static Scratch Rent(RuleSet rules)
    {
        Scratch scratch = ofThread ??= new Scratch();
        scratch.Counter.Clear();
        scratch.Counter.Audit.Begin(rules);
        scratch.lastOrigin = (-1, -1, default);
        scratch.Fields.Clear();
        scratch.Replacements.ResetWrittenCount();
        scratch.ReplacementStart = 0;
        scratch.IsRefused = false;
        scratch.Signal = null;
        scratch.Siblings.Clear();
        scratch.Neighbours = null;
        scratch.Rewritten = null;
        scratch.Reader.Content = null;
        scratch.Service = (-1, null);
        scratch.Maskers = Maskers.For(rules);
        scratch.Judge.Begin(scratch.Maskers);
        scratch.Reader.Begin(rules.Scanner);
        if (scratch.rulesOfNames != rules)
        {
            scratch.rulesOfNames = rules;
            scratch.Names.Clear();
        }

        return scratch;
    }

    /// <summary>Gives it back; one that has grown large is left to the garbage collector.</summary>
    public void Return()
    {
        Payload.Clear();
        bool large = IsSpoiled || Payload.Candidates.Count > RedactLimits.KeptCandidates || edits.Length > RedactLimits.KeptFields
            || Fields.Count > RedactLimits.KeptFields || Replacements.Capacity > RedactLimits.KeptText
            || Plain.Capacity > RedactLimits.KeptText || Texts.Capacity + Reader.Capacity > RedactLimits.KeptDecoded;
        ofThread = large ? null : this;
    }
}
