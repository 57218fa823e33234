using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using Redactor.Receive.Messages;

namespace Redactor.Receive.Grpc;

/// <summary>
/// Writes outcomes as gRPC: a success is one message and the status in the trailers; a failure has no message, and its status stands in the
/// headers ("trailers-only").
/// </summary>
internal static class GrpcResponse
{
    private const int PrefixLength = 5;
    private const string StatusDetails = "grpc-status-details-bin";

    public static void Write(HttpResponse response, ExportOutcome outcome)
    {
        response.ContentType = "application/grpc";
        response.Headers.GrpcAcceptEncoding = ContentCodings.Accepted;
        if (ErrorAnswer.For(outcome) is { } error)
        {
            WriteError(response.Headers, error);
            return;
        }

        WriteMessage(response.BodyWriter, outcome is ExportOutcome.PartialSuccess partial ? ExportResponse.ToProtobuf(partial) : []);
        response.AppendTrailer("grpc-status", "0");
    }

    private static void WriteError(IHeaderDictionary headers, in ErrorAnswer error)
    {
        headers.GrpcStatus = ((int)error.Grpc).ToString(CultureInfo.InvariantCulture);
        headers.GrpcMessage = GrpcMessageText.Encode(error.Message);
        if (error.RetryAfter is not null)
        {
            headers[StatusDetails] = Convert.ToBase64String(ErrorStatus.ToProtobuf(error)).TrimEnd('=');
        }
    }

    private static void WriteMessage(PipeWriter writer, ReadOnlySpan<byte> message)
    {
        Span<byte> frame = writer.GetSpan(PrefixLength + message.Length);
        frame[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], (uint)message.Length);
        message.CopyTo(frame[PrefixLength..]);
        writer.Advance(PrefixLength + message.Length);
    }
}
