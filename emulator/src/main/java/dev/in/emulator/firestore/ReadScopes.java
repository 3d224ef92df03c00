package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.TransactionOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

/** Reads the {@code consistency_selector} that each kind of request has for itself. */
final class ReadScopes {
  private final Transactions transactions;

  ReadScopes(Transactions transactions) {
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  ReadScope of(GetDocumentRequest request) {
    return switch (request.getConsistencySelectorCase()) {
      case TRANSACTION -> in(request.getTransaction());
      case READ_TIME -> at(request.getReadTime());
      case CONSISTENCYSELECTOR_NOT_SET -> ReadScope.NEWEST;
    };
  }

  ReadScope of(BatchGetDocumentsRequest request) {
    return switch (request.getConsistencySelectorCase()) {
      case TRANSACTION -> in(request.getTransaction());
      case NEW_TRANSACTION -> ReadScope.beginning(transactions.begin(request.getNewTransaction()));
      case READ_TIME -> at(request.getReadTime());
      case CONSISTENCYSELECTOR_NOT_SET -> ReadScope.NEWEST;
    };
  }

  ReadScope of(RunQueryRequest request) {
    return switch (request.getConsistencySelectorCase()) {
      case TRANSACTION -> in(request.getTransaction());
      case NEW_TRANSACTION -> ReadScope.beginning(transactions.begin(request.getNewTransaction()));
      case READ_TIME -> at(request.getReadTime());
      case CONSISTENCYSELECTOR_NOT_SET -> ReadScope.NEWEST;
    };
  }

  ReadScope of(RunAggregationQueryRequest request) {
    return switch (request.getConsistencySelectorCase()) {
      case TRANSACTION -> in(request.getTransaction());
      case NEW_TRANSACTION -> ReadScope.beginning(transactions.begin(request.getNewTransaction()));
      case READ_TIME -> at(request.getReadTime());
      case CONSISTENCYSELECTOR_NOT_SET -> ReadScope.NEWEST;
    };
  }

  ReadScope of(ListDocumentsRequest request) {
    return switch (request.getConsistencySelectorCase()) {
      case TRANSACTION -> in(request.getTransaction());
      case READ_TIME -> at(request.getReadTime());
      case CONSISTENCYSELECTOR_NOT_SET -> ReadScope.NEWEST;
    };
  }

  ReadScope of(ListCollectionIdsRequest request) {
    return switch (request.getConsistencySelectorCase()) {
      case READ_TIME -> at(request.getReadTime());
      case CONSISTENCYSELECTOR_NOT_SET -> ReadScope.NEWEST;
    };
  }

  private ReadScope in(ByteString transaction) {
    return ReadScope.in(transactions.open(transaction));
  }

  private ReadScope beginning(TransactionOptions options) {
    return ReadScope.beginning(transactions.begin(options));
  }

  private static ReadScope at(Timestamp readTime) {
    return ReadScope.at(Micros.of(readTime));
  }
}
