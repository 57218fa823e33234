using System.Buffers;
using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Redact.Conversations;
using Redactor.Redact.Views;
using Redactor.Rules;

namespace Redactor.Redact.Chunks;

/// <summary>
/// Finds secrets that streaming has cut: what came in pieces is read joined, with its decoded views, and what is found is masked in each piece. Only what the pieces
/// alone don't show is counted here. Reused; not thread-safe.
/// </summary>
internal sealed class ChunkReader(UnitReader reader, UnitJudge judge, FindingCounter counter)
{
    private readonly ChunkCollector collector = new();
    private readonly JoinedText joined = new();
    private readonly Siblings siblings = new();
    private readonly ArrayBufferWriter<byte> texts = new();
    private readonly Dictionary<int, ChunkCut> cuts = [];

    /// <summary>Whether something is to be masked in any text.</summary>
    public bool HasCuts => cuts.Count > 0;

    /// <summary>The texts that take the place of ranges.</summary>
    public ReadOnlySpan<byte> Texts => texts.WrittenSpan;

    /// <summary>What is to be masked in the text that starts at <paramref name="start"/> of the payload; null if there is nothing.</summary>
    public ChunkCut? CutAt(int start) => cuts.Count == 0 ? null : cuts.GetValueOrDefault(start);

    /// <summary>Searches the streams of a request.</summary>
    /// <param name="payload">The request.</param>
    /// <param name="encoding">How it is encoded.</param>
    /// <param name="signal">Its signal; null outside OTLP.</param>
    /// <param name="others">What other requests hold of its streams; null: nothing is known of them.</param>
    /// <param name="mayHold">Whether it may hold a text in pieces.</param>
    public void Read(ReadOnlySpan<byte> payload, PayloadEncoding encoding, Signal? signal, StreamNeighbours? others, bool mayHold)
    {
        cuts.Clear();
        texts.ResetWrittenCount();
        if (signal is not { } known || known is not (Signal.Traces or Signal.Logs) || (others is null && !mayHold))
        {
            return;
        }

        siblings.Clear();
        collector.Read(payload, encoding, known);
        foreach (ChunkStream stream in collector.Streams)
        {
            StreamContext context = others?.Of(stream.Name) ?? StreamContext.None;
            if (stream.Pieces.Count > 1 || context != StreamContext.None)
            {
                Join(stream, context, payload);
                if (!joined.IsConstant)
                {
                    Search(new FieldSurroundings(payload, encoding, collector.Fields, known), stream.Pieces[0].Field);
                    MaskOpen(context);
                }
            }
        }
    }

    private void Join(ChunkStream stream, StreamContext context, ReadOnlySpan<byte> payload)
    {
        joined.Clear();
        joined.Add(context.Before);
        foreach (ChunkPiece piece in stream.Pieces)
        {
            joined.Add(piece, collector.TextOf(piece.Field, payload));
        }

        joined.Add(context.After);
    }

    private void Search(FieldSurroundings around, int first)
    {
        string place = around.Fields[first].Place;
        counter.Begin();
        reader.Read(joined.Text, -1, place);
        if (!counter.HasCounted && reader.Ranges.IsEmpty)
        {
            return;
        }

        if (new ContentFinder(around.Payload, around.Encoding, around.Fields, siblings).TryFind(first, out ConversationRole role, out ConversationPart part))
        {
            counter.Undo();
            reader.Content = (role, part);
            Read(joined.Text, place);
        }

        MaskedRange[] found = reader.Ranges.ToArray();
        byte[] foundTexts = reader.Texts.ToArray();
        CountedFindings together = counter.Take();
        ReadAlone(around.Payload, place, together);
        reader.Content = null;
        counter.Add(together, around.OriginOf(first));
        foreach (MaskedRange range in found)
        {
            Split(range, foundTexts);
        }
    }

    private void Read(ReadOnlySpan<byte> text, string place)
    {
        counter.Begin();
        reader.ReadSegments(text);
        reader.Read(text, -1, place);
    }

    /// <summary>Reads the field of each piece by itself, and takes what is found there out of what is found in all pieces together: its own reading counts it.</summary>
    private void ReadAlone(ReadOnlySpan<byte> payload, string place, CountedFindings together)
    {
        for (int part = 0; part < joined.Count; part++)
        {
            Read(joined.FieldOf(part) >= 0 ? collector.TextOf(joined.FieldOf(part), payload) : joined.TextOf(part), place);
            together.Remove(counter.Take());
        }
    }

    /// <summary>Puts the mask of a range on each piece that has a part of it. A text that takes its place as a whole goes into the first.</summary>
    private void Split(MaskedRange range, ReadOnlySpan<byte> foundTexts)
    {
        int first = joined.PartAt(range.Start), last = joined.PartAt(range.End - 1);
        ReadOnlySpan<byte> text = range.HasText ? foundTexts.Slice(range.Text, range.TextLength) : default;
        for (int part = first; part <= last; part++)
        {
            int start = Math.Max(range.Start, joined.StartOf(part)), end = Math.Min(range.End, joined.EndOf(part));
            if (start < end && joined.FieldOf(part) >= 0)
            {
                (int from, int to) = joined.InField(part, start, end);
                MaskedRange own = range with { Start = from, End = to };
                Add(joined.FieldOf(part), range.HasText ? Write(own, text, joined.IsInJson(part)) : own);
                text = default;
            }
        }
    }

    /// <summary>Masks the end of a stream that may be the first half of a secret, where nobody knows yet how it goes on.</summary>
    private void MaskOpen(StreamContext context)
    {
        if (!context.IsOpen)
        {
            return;
        }

        int end = joined.Text.Length, start = end - OpenToken.LengthAtEnd(joined.Text);
        for (int part = start < end ? joined.PartAt(start) : joined.Count; part < joined.Count; part++)
        {
            if (joined.FieldOf(part) >= 0 && joined.EndOf(part) > start)
            {
                (int from, int to) = joined.InField(part, Math.Max(start, joined.StartOf(part)), joined.EndOf(part));
                Add(joined.FieldOf(part), new MaskedRange(from, to, MaskedRange.Open));
            }
        }
    }

    private MaskedRange Write(MaskedRange range, ReadOnlySpan<byte> text, bool inJson)
    {
        int start = texts.WrittenCount;
        if (inJson)
        {
            JsonText.Escape(text, texts);
        }
        else
        {
            texts.Write(text);
        }

        return range with { Text = start, TextLength = texts.WrittenCount - start };
    }

    private void Add(int field, MaskedRange range)
    {
        ref ChunkCut? cut = ref CollectionsMarshal.GetValueRefOrAddDefault(cuts, collector.Fields[field].Start, out _);
        cut ??= new ChunkCut();
        cut.Ranges.Add(range);
        Verdict asked = range.Rule == MaskedRange.OverBudget ? judge.OverBudget : UnitJudge.VerdictOf(range.Chosen ?? judge.Maskers.KindOf(range.Rule));
        cut.Verdict = Verdicts.Max(cut.Verdict, asked);
    }
}
