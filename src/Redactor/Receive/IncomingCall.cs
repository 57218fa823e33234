using Redactor.Receive.Bodies;

namespace Redactor.Receive;

/// <summary>What a transport has learnt from the head of a request.</summary>
/// <param name="Signal">Which request type the body holds.</param>
/// <param name="Encoding">Protobuf or OTLP/JSON.</param>
/// <param name="Framing">How the body wraps the message.</param>
/// <param name="Timeout">How long the sender is going to wait, or null.</param>
internal readonly record struct IncomingCall(Signal Signal, PayloadEncoding Encoding, IBodyFraming Framing, TimeSpan? Timeout = null);
