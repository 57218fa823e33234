namespace Redactor.Receive;

/// <summary>What a sender is told about one <see cref="Refusal"/>.</summary>
/// <param name="Grpc">The code in <c>grpc-status</c>, and in the body of an HTTP error.</param>
/// <param name="Http">The HTTP status.</param>
/// <param name="Retryable">Whether the same request may succeed later; both codes then are ones that OTLP names as retryable.</param>
/// <param name="Message">What is wrong and what would be right. Holds nothing of the request.</param>
internal readonly record struct RefusalStatus(GrpcStatusCode Grpc, int Http, bool Retryable, string Message);
