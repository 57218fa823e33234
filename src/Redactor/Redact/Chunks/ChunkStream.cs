namespace Redactor.Redact.Chunks;

/// <summary>A piece of a stream: a text of the request, or a string in one that is JSON.</summary>
/// <param name="Field">Index of the located field.</param>
/// <param name="From">Where it starts in the field's text.</param>
/// <param name="To">Where it ends.</param>
/// <param name="InJson">Whether it is spelled as a string of JSON.</param>
internal readonly record struct ChunkPiece(int Field, int From, int To, bool InJson);

/// <summary>Text that came in pieces.</summary>
/// <param name="Name">Tells it from others, of other requests too: the trace, the span, and what holds it.</param>
/// <param name="Pieces">The pieces in their order; at least one.</param>
internal sealed record ChunkStream(string Name, List<ChunkPiece> Pieces);
